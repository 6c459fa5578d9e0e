/** Said where a part of the app does not come. */
export const LATE = 'This part did not load. Check your connection and reload the page.';
