package dev.latchkey.pnl.book;

import dev.latchkey.events.TradeKind;
import dev.latchkey.events.TradeReported;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.UUID;

/**
 * What corrections and cancellations leave of a fill. It depends on which events there are, not on the order in which
 * they came: a cancelled event is gone; of several corrections of one event the last one in event order stands; an
 * amendment may itself be amended.
 */
public final class Amendments {
    private final Reports reports;

    public Amendments(Reports reports) {
        this.reports = reports;
    }

    /** The fill that an event reports or, through however many amendments, refers to; empty while it has not come. */
    public Optional<TradeReported> fillOf(TradeReported event) {
        var seen = new HashSet<UUID>();
        var current = Optional.of(event);
        while (current.filter(Amendments::amends).isPresent()) {
            current = current.filter(amendment -> seen.add(amendment.getEventId()))
                    .flatMap(amendment -> reports.report(amendment.getRefId()));
        }
        return current;
    }

    /** A fill as it stands, at its original place; empty when it was cancelled. */
    public Optional<TradeReported> standing(TradeReported fill) {
        var current = fill;
        while (true) {
            var amendments = reports.amendmentsOf(current.getEventId());
            if (amendments.isEmpty()) {
                return Optional.of(inPlaceOf(fill, current));
            }
            if (amendments.stream().anyMatch(amendment -> amendment.getKind() == TradeKind.CANCEL)) {
                return Optional.empty();
            }
            current = amendments.stream().max(Comparator.comparing(Place::of)).orElseThrow();
        }
    }

    /** What an event changes, when it is recorded by the given action. */
    public Revision revision(TradeReported event, Runnable recording) {
        var fill = fillOf(event);
        var before = amends(event) ? fill.flatMap(this::standing).orElse(null) : null;
        recording.run();
        return new Revision(before, fill.flatMap(this::standing).orElse(null));
    }

    private static boolean amends(TradeReported event) {
        return switch (event.getKind()) {
            case NEW -> false;
            case CORRECT, CANCEL -> true;
        };
    }

    private static TradeReported inPlaceOf(TradeReported fill, TradeReported standing) {
        return TradeReported.newBuilder(standing)
                .setKind(TradeKind.NEW)
                .setRefId(null)
                .setEventId(fill.getEventId())
                .setExecutedAt(fill.getExecutedAt())
                .setSequence(fill.getSequence())
                .build();
    }
}
