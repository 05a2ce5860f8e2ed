/** Account pages to which no link of a mail leads; the others are ACCOUNT_PAGES of the contract. */
export const FORGOT_PAGE = '/forgot-password';
export const ACCOUNT_PAGE = '/account';
