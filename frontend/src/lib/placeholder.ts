/** Whether the picture that lies over the canvas is there already. */
function hasPoster({ nextElementSibling: over }: HTMLCanvasElement): boolean {
  return over instanceof HTMLImageElement && over.complete && over.naturalWidth > 0;
}

/** A Svelte attachment: what stands for a poster until that is there. Its painter comes after what plays the first clip. */
export function paintHash(base64: string): (canvas: HTMLCanvasElement) => void {
  return (canvas) => {
    if (!base64) return;
    import('./thumbhash').then(
      ({ paintOn }) => hasPoster(canvas) || paintOn(canvas, base64),
      () => undefined, // without a line: it stays dark until its poster is there
    );
  };
}
