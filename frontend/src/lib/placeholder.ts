/** A Svelte attachment: what stands for a poster until that is there. Its painter comes after what plays the first clip. */
export function paintHash(base64: string): (canvas: HTMLCanvasElement) => void {
  return (canvas) => {
    if (!base64) return;
    import('./thumbhash').then(
      ({ paintOn }) => paintOn(canvas, base64),
      () => undefined, // without a line: it stays dark until its poster is there
    );
  };
}
