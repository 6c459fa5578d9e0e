/** A clip beyond its page: in a window of its own above all others, or on the whole screen. */

/** Whether this browser lets a clip float. */
export const canFloat = (document as Partial<Document>).pictureInPictureEnabled === true;

/** The clip in a small window of its own, or back. What the browser refuses stays as it is. */
export async function toggleFloating(video: HTMLVideoElement | undefined): Promise<void> {
  if (document.pictureInPictureElement) await document.exitPictureInPicture().catch(() => undefined);
  else if (canFloat) await video?.requestPictureInPicture().catch(() => undefined);
}

/** Another clip is on the screen: what floats would be one that is over. */
export function leaveFloating(video: HTMLVideoElement | undefined): void {
  const { pictureInPictureElement: floating } = document as Partial<Document>;
  if (floating && floating !== video) void document.exitPictureInPicture().catch(() => undefined);
}

/** The whole page, so that sheets and comments come along. */
export async function toggleFullScreen(): Promise<void> {
  const { documentElement: root } = document;
  if (document.fullscreenElement) await document.exitFullscreen().catch(() => undefined);
  else await (root as Partial<HTMLElement>).requestFullscreen?.call(root).catch(() => undefined);
}
