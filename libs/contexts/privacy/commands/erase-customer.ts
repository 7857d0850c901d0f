import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  addressDecider,
  ConfirmCustomerErasure,
  customerDecider,
  type CustomerEvent,
  ReleaseAddress,
} from '@ledgerdesk/customers';
import {
  CommandRunner,
  EVENT_STORE,
  EventCodec,
  type EventStore,
  IssuedBy,
  KeyRing,
  readWhole,
  streamName,
} from '@ledgerdesk/event-store';
import { DomainError, fold, nameId, type Recorded } from '@ledgerdesk/kernel';

/** Carries out an erasure that was requested. Stopped anywhere, it goes on where it was when it is executed again. */
export class EraseCustomer extends Command<void> {
  constructor(readonly customerId: string) {
    super();
  }
}

@CommandHandler(EraseCustomer)
export class EraseCustomerHandler implements ICommandHandler<EraseCustomer> {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(EventCodec) private readonly codec: EventCodec,
    @Inject(KeyRing) private readonly keys: KeyRing,
    @Inject(CommandRunner) private readonly runner: CommandRunner,
  ) {}

  /** The key first: from that moment on nothing can be read, whatever happens to the rest. */
  async execute(command: EraseCustomer): Promise<void> {
    const { command: issued } = IssuedBy.of(command);
    const { customerId } = command;
    const { workspaceId } = issued;
    const stored = await readWhole(this.store, streamName('customer', workspaceId, customerId));
    const events = this.codec.sealedView(stored) as readonly Recorded<CustomerEvent>[];
    const customer = fold(customerDecider, events);
    const request = events.find(({ type }) => type === 'CustomerErasureRequested');
    if (!customer || !request) {
      throw new DomainError('conflict', 'customer.erasure-not-requested', 'Nobody has asked to erase this customer.');
    }
    await this.keys.destroy(workspaceId, {
      keyId: customer.keyId,
      person: `customer:${customerId}`,
      requestedEvent: request.id,
      requestedAt: request.metadata.recordedAt,
    });
    for (const addressId of customer.addressIds) {
      const commandId = nameId('release-address', issued.commandId, addressId);
      await this.runner.run(addressDecider, new ReleaseAddress(addressId, customerId), { ...issued, commandId });
    }
    await this.runner.run(customerDecider, new ConfirmCustomerErasure(customerId), issued);
  }
}
