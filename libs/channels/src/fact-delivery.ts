import type { CloudEventV1 } from 'cloudevents';
import type { EventData, EventType } from '#events';
import type { Precision } from '#kernel';

/**
 * One delivery of one fact, as `POST /v1/events` takes it: CloudEvents 1.0 with the extension
 * attributes that Daybook reads. `source` is the reporting account and `id` the delivery's own id,
 * the same whenever the same row or message is sent again.
 */
export interface FactDelivery<Type extends EventType = EventType> extends CloudEventV1<
  EventData<Type>
> {
  readonly type: Type;
  /** The object's id as its source wrote it; the issuing account is `source`. */
  readonly objectid?: string;
  /** What stock is of and where it is kept; they go together. */
  readonly sku?: string;
  readonly node?: string;
  /** The leaf, where a fact of this class may lie on several kinds of thing. */
  readonly subject?: string;
  readonly precision?: Precision;
  /** RFC 3339: the fact did not happen before. */
  readonly notbefore?: string;
  /** The business day or batch in which the source counts it; left out, the day it happened on. */
  readonly span?: string;
  /** Its number at the source, digits, and the number range where the source has several. */
  readonly sequence?: string;
  readonly numberrange?: string;
  /** The reporting account's own transaction id, where it does not know the provider's. */
  readonly transaction?: string;
}

/** When something happened, as the attributes of a delivery say it. */
export type DeliveredTime =
  | { readonly time: string; readonly precision: 'instant' }
  | { readonly precision: 'unknown'; readonly notbefore: string };
