/** A finger, or a mouse, that rests: the way to a menu that has no button on the picture itself. */
const REST_MS = 500;
const SLACK_PX = 10;

/**
 * A Svelte attachment: calls `act` after a long press on the element, and the click that would follow is none.
 * The right mouse button and the menu key call `menu`.
 */
export function longPress(
  act: (press: PointerEvent) => void,
  menu: () => void,
): (element: HTMLElement) => () => void {
  return (element) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let from = { x: 0, y: 0 };
    let hasActed = false;
    let isTouch = false;
    const stop = (): void => clearTimeout(timer);
    const press = (event: PointerEvent): void => {
      stop();
      hasActed = false;
      isTouch = event.pointerType !== 'mouse';
      if (!event.isPrimary || event.button !== 0) return;
      from = { x: event.clientX, y: event.clientY };
      timer = setTimeout(() => {
        hasActed = true;
        act(event);
      }, REST_MS);
    };
    const move = (event: PointerEvent): void => {
      if (Math.hypot(event.clientX - from.x, event.clientY - from.y) > SLACK_PX) stop();
    };
    const swallow = (event: Event): void => {
      if (!hasActed) return;
      hasActed = false;
      event.preventDefault();
      event.stopPropagation();
    };
    /** A touch screen asks for the same press that we time ourselves. */
    const open = (event: Event): void => {
      event.preventDefault();
      if (!isTouch) menu();
    };
    const release = (): void => {
      stop();
      isTouch = false;
    };
    element.addEventListener('pointerdown', press);
    element.addEventListener('pointermove', move);
    for (const name of ['pointerup', 'pointercancel', 'pointerleave'] as const)
      element.addEventListener(name, release);
    element.addEventListener('click', swallow, { capture: true });
    element.addEventListener('contextmenu', open);
    return stop;
  };
}
