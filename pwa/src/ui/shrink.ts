/** A photo made as small as it needs to be, and written anew: where and when it was taken does not go with it. */

/** Pixels of the longest side of a photo that goes with a report. */
export const LONGEST = 1600;
export const QUALITY = 0.8;

/** Not a picture that this phone can open. */
export class NoPicture extends Error {}

/** How large a picture of this size becomes: its longest side at most `longest` pixels. */
export function smaller(w: number, h: number, longest: number): { w: number; h: number } {
  const part = Math.min(1, longest / Math.max(w, h));
  return { w: Math.max(1, Math.round(w * part)), h: Math.max(1, Math.round(h * part)) };
}

/** As JPEG of this quality (0–1), its longest side at most `longest` pixels, the right way up. Throws NoPicture. */
export async function shrunk(
  file: Blob,
  longest: number,
  quality: number,
): Promise<{ blob: Blob; w: number; h: number }> {
  const image = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
  if (!image || image.width * image.height === 0) throw new NoPicture();
  const { w, h } = smaller(image.width, image.height, longest);
  const canvas = document.createElement("canvas");
  canvas.width = w;
  canvas.height = h;
  const pen = canvas.getContext("2d");
  if (!pen) throw new NoPicture();
  // A JPEG has no holes: what could be seen through stands on white.
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, w, h);
  pen.drawImage(image, 0, 0, w, h);
  image.close();
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", quality));
  if (!blob) throw new NoPicture();
  return { blob, w, h };
}
