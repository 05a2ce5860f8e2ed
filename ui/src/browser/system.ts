/** Whether the browser runs on macOS. Tablets of the same maker say so too. */
export function isMac(): boolean {
  if (typeof navigator === 'undefined') return false;
  const { userAgentData } = navigator as Navigator & { userAgentData?: { platform?: string } };
  return /mac/i.test(userAgentData?.platform ?? navigator.userAgent);
}
