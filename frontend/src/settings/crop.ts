const EDGE = 512;

/** The middle square of a picture as WebP, so that a phone does not send ten megabytes for an avatar. */
export async function cropSquare(file: File): Promise<Blob> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  const edge = Math.min(picture.width, picture.height);
  const canvas = Object.assign(document.createElement('canvas'), { width: EDGE, height: EDGE });
  const context = canvas.getContext('2d');
  if (!context) return file;
  context.drawImage(
    picture,
    (picture.width - edge) / 2,
    (picture.height - edge) / 2,
    edge,
    edge,
    0,
    0,
    EDGE,
    EDGE,
  );
  picture.close();
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? file), 'image/webp', 0.9));
}
