package dev.latchkey.pnl.book;

import dev.latchkey.events.TradeReported;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The trade events of one user, the first copy of each. */
public interface Reports {
    Optional<TradeReported> report(UUID eventId);

    /** The corrections and cancellations that refer to an event. */
    List<TradeReported> amendmentsOf(UUID eventId);
}
