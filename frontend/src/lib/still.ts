/** Whether this viewer, or their device, wants less motion. */
export function isStill(): boolean {
  return document.documentElement.dataset['motion'] === 'less';
}
