/** A finger, or a mouse, that rests: the way to a menu that has no button on the picture itself. */
const REST_MS = 500;
const SLACK_PX = 10;

/** A Svelte attachment: calls `act` after a long press on the element, and the click that would follow is none. */
export function longPress(act: () => void): (element: HTMLElement) => () => void {
  return (element) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let from = { x: 0, y: 0 };
    let hasActed = false;
    const stop = (): void => clearTimeout(timer);
    const press = (event: PointerEvent): void => {
      stop();
      hasActed = false;
      if (!event.isPrimary || event.button !== 0) return;
      from = { x: event.clientX, y: event.clientY };
      timer = setTimeout(() => {
        hasActed = true;
        act();
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
    element.addEventListener('pointerdown', press);
    element.addEventListener('pointermove', move);
    for (const name of ['pointerup', 'pointercancel', 'pointerleave'] as const)
      element.addEventListener(name, stop);
    element.addEventListener('click', swallow, { capture: true });
    element.addEventListener('contextmenu', swallow); // a touch screen's own menu for the same press
    return stop;
  };
}
