/**
 * The address of a server with a password from elsewhere, if the address has none itself. In an address some characters of a password mean
 * something else (`@ / : # ? %`), so whoever puts the two together as text has to encode them.
 */
export function withPassword(url: string, password: string | undefined): string {
  const given = new URL(url);
  if (password === undefined || given.password !== '') return url;
  given.password = encodeURIComponent(password);
  return given.href;
}
