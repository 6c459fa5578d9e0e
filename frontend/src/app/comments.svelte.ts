/** Whether the comments of the playing video are open; the slides open them, the app shows them. */
export class CommentsPanel {
  isOpen = $state(false);
}
