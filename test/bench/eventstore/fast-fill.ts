import shared from '@eventstore/db-client/generated/shared_pb.js';
import messages from '@eventstore/db-client/generated/streams_pb.js';
import { Client, credentials } from '@grpc/grpc-js';
import { benchEventData, benchEventType, contentType } from './bench-event.js';

/** As many events as an order's stream has; each append is a stream of its own. */
const eventsEach = 10;
const inFlightMax = 256;

/**
 * Fills a node faster than the client could, through the same call: one append is encoded once, and
 * the ids and the stream's name are written over for each.
 *
 * @param events - a multiple of ten
 */
export async function fillNode(
  connectionString: string,
  prefix: string,
  events: number,
): Promise<void> {
  const client = new Client(new URL(connectionString).host, credentials.createInsecure());
  const asIs = (bytes: Buffer): Buffer => bytes;
  const path = '/event_store.client.streams.Streams/BatchAppend';
  const call = client.makeBidiStreamRequest(path, asIs, asIs);
  const template = new AppendTemplate(prefix);
  const appends = events / eventsEach;
  await new Promise<void>((resolve, reject) => {
    let sent = 0;
    let answered = 0;
    const send = (): void => {
      while (sent < appends && sent - answered < inFlightMax) call.write(template.append(sent++));
    };
    call.on('data', (answer: Buffer) => {
      const { length } = answer;
      if (answered === 0 && !messages.BatchAppendResp.deserializeBinary(answer).hasSuccess()) {
        reject(new Error(`The node refused to be filled, in ${length} bytes.`));
      }
      answered += 1;
      if (answered === appends) resolve();
      else send();
    });
    call.once('error', reject);
    send();
  });
  call.end();
  client.close();
}

/** Numbers of a fixed width, in hexadecimal digits, so that they can be written over. */
const digits = 12;
const placeholder = 'f'.repeat(digits);

class AppendTemplate {
  readonly #bytes: Buffer;
  /** Where the number of an append stands, and those of its events, in the order of the message. */
  readonly #places: readonly number[];

  constructor(prefix: string) {
    const request = new messages.BatchAppendReq().setIsFinal(true).setCorrelationId(uuid());
    const identifier = new shared.StreamIdentifier();
    identifier.setStreamName(Buffer.from(`${prefix}-${placeholder}`));
    const options = new messages.BatchAppendReq.Options();
    options.setStreamIdentifier(identifier).setNoStream(new shared.Empty());
    request.setOptions(options);
    for (let index = 0; index < eventsEach; index += 1) request.addProposedMessages(proposed());
    this.#bytes = Buffer.from(request.serializeBinary());
    this.#places = placesOf(this.#bytes);
  }

  /** The message of the append with this number. */
  append(number: number): Buffer {
    const bytes = Buffer.from(this.#bytes);
    for (const [index, place] of this.#places.entries()) {
      // First come the correlation id and the stream's name, then the events.
      const value = index < 2 ? number : number * eventsEach + index;
      bytes.write(value.toString(16).padStart(digits, '0'), place, 'latin1');
    }
    return bytes;
  }
}

function proposed() {
  const message = new messages.BatchAppendReq.ProposedMessage().setId(uuid());
  message.getMetadataMap().set('type', benchEventType).set('content-type', contentType);
  return message.setData(Buffer.from(JSON.stringify(benchEventData(0))));
}

/** The number stands in the last group of digits; what is before it makes a fill's ids its own. */
function uuid() {
  return new shared.UUID().setString(`00000000-0000-4000-8000-${placeholder}`);
}

function placesOf(bytes: Buffer): readonly number[] {
  const places: number[] = [];
  for (let at = bytes.indexOf(placeholder); at >= 0; at = bytes.indexOf(placeholder, at + digits)) {
    places.push(at);
  }
  return places;
}
