import type { KeyRotation } from '#personal-data';
import { flag, objectOf, whole } from '../documentation/answer-schema.js';

export const keyRotationSchema = objectOf<KeyRotation>({
  generation: whole,
  rewrapped: whole,
  resumed: flag,
});
