import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { AppendResp, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { LoggedEvent } from './loopback-log.js';

/** The answers of the server, in the client's own generated messages. */
export function eventMessage(event: LoggedEvent): ReadResp {
  const position = event.position.toString();
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent();
  const id = new shared.UUID();
  id.setString(event.id);
  recorded.setId(id);
  recorded.setStreamIdentifier(identifier(event.stream));
  recorded.setStreamRevision(String(event.revision));
  recorded.setCommitPosition(position);
  recorded.setPreparePosition(position);
  recorded.setData(event.data);
  recorded.setCustomMetadata(event.metadata);
  const properties = recorded.getMetadataMap();
  properties.set('type', event.type);
  properties.set('content-type', event.contentType);
  properties.set('created', '17000000000000000');
  const read = new streams.ReadResp.ReadEvent();
  read.setEvent(recorded);
  read.setCommitPosition(position);
  const message = new streams.ReadResp();
  message.setEvent(read);
  return message;
}

export function confirmationMessage(subscriptionId: string): ReadResp {
  const confirmation = new streams.ReadResp.SubscriptionConfirmation();
  confirmation.setSubscriptionId(subscriptionId);
  const message = new streams.ReadResp();
  message.setConfirmation(confirmation);
  return message;
}

export function checkpointMessage(position: bigint): ReadResp {
  const checkpoint = new streams.ReadResp.Checkpoint();
  checkpoint.setCommitPosition(position.toString());
  checkpoint.setPreparePosition(position.toString());
  const message = new streams.ReadResp();
  message.setCheckpoint(checkpoint);
  return message;
}

export function caughtUpMessage(): ReadResp {
  const message = new streams.ReadResp();
  message.setCaughtUp(new streams.ReadResp.CaughtUp());
  return message;
}

export function streamNotFoundMessage(stream: string): ReadResp {
  const missing = new streams.ReadResp.StreamNotFound();
  missing.setStreamIdentifier(identifier(stream));
  const message = new streams.ReadResp();
  message.setStreamNotFound(missing);
  return message;
}

export function successMessage(last: LoggedEvent): AppendResp {
  const position = new streams.AppendResp.Position();
  position.setCommitPosition(last.position.toString());
  position.setPreparePosition(last.position.toString());
  const success = new streams.AppendResp.Success();
  success.setCurrentRevision(String(last.revision));
  success.setPosition(position);
  const message = new streams.AppendResp();
  message.setSuccess(success);
  return message;
}

/** A wrong revision is an answer like any other, not an error of the call. */
export function wrongRevisionMessage(expected: number, actual: number): AppendResp {
  const wrong = new streams.AppendResp.WrongExpectedVersion();
  if (expected === -1) wrong.setExpectedNoStream(new shared.Empty());
  else wrong.setExpectedRevision(String(expected));
  if (actual === -1) wrong.setCurrentNoStream(new shared.Empty());
  else wrong.setCurrentRevision(String(actual));
  const message = new streams.AppendResp();
  message.setWrongExpectedVersion(wrong);
  return message;
}

function identifier(stream: string): InstanceType<typeof shared.StreamIdentifier> {
  const message = new shared.StreamIdentifier();
  message.setStreamName(Buffer.from(stream));
  return message;
}
