package dev.latchkey.router.topology;

import dev.latchkey.router.runs.Room;
import dev.latchkey.router.runs.Run;
import dev.latchkey.router.runs.RunId;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What every user has under way, and who is next. A user has a lane for each key, so that a key that has no room holds up
 * nobody on another one, and each lane two lines: who was with the workers before goes before who was not. Tickets are
 * numbered per user. However many wait, an event costs a few look-ups for each key that the user has something under way
 * with.
 */
final class Queues {
    private static final HexFormat HEX = HexFormat.of();
    /** The lane of the operator's key, which has room for as many as its user has. */
    private static final String SYSTEM = "system";

    private static final char BEGUN = 'b';
    private static final char FRESH = 'f';

    private final Lanes lanes;
    private final KeyValueStore<String, String> queue;
    private final Room room;

    /** The first in a lane: places compare as the runs have their turns. */
    private record First(String place, RunId id) {}

    Queues(Lanes lanes, KeyValueStore<String, String> queue, Room room) {
        this.lanes = lanes;
        this.queue = queue;
        this.room = room;
    }

    /** The run as it is now that it has its place. */
    Run enter(Run run) {
        return switch (run) {
            case Run.Released released -> {
                count(released, 1);
                yield released;
            }
            case Run.Queued queued -> join(queued);
            case Run.Waiting _, Run.Pausing _, Run.Undecided _, Run.Ended _, Run.Foretold _ -> run;
        };
    }

    void leave(Run run) {
        switch (run) {
            case Run.Released released -> count(released, -1);
            case Run.Queued queued -> quit(queued);
            case Run.Waiting _, Run.Pausing _, Run.Undecided _, Run.Ended _, Run.Foretold _ -> {}
        }
    }

    /** Whether a run that is ready can be released without a place in a line. */
    boolean hasRoom(Run.Queued run) {
        var mine = lanes.of(run.id().userId());
        var lane = mine.getOrDefault(nameOf(run), Lane.EMPTY);
        return hasRoom(mine) && hasRoom(nameOf(run), lane) && lane.letsPass(run.hasBegun());
    }

    /** Whether no more prompts of a user may wait. */
    boolean isFull(UUID userId) {
        var waiting = lanes.of(userId).values().stream()
                .mapToLong(lane -> lane.fresh().size());
        return waiting.sum() >= room.userQueue();
    }

    /** Who is to be released now; empty when there is no room, or nobody who waits for it with a key that is good. */
    Optional<RunId> next(UUID userId, Predicate<UUID> isGood) {
        var mine = lanes.of(userId);
        return Optional.of(mine)
                .filter(this::hasRoom)
                .flatMap(some -> some.entrySet().stream()
                        .filter(lane -> hasRoom(lane.getKey(), lane.getValue()))
                        .filter(lane -> lane.getKey().equals(SYSTEM) || isGood.test(UUID.fromString(lane.getKey())))
                        .flatMap(lane -> first(userId, lane.getKey(), lane.getValue()).stream())
                        .min((one, other) -> one.place().compareTo(other.place())))
                .map(First::id);
    }

    private boolean hasRoom(Map<String, Lane> mine) {
        return mine.values().stream().mapToInt(Lane::released).sum() < room.userTasks();
    }

    private boolean hasRoom(String name, Lane lane) {
        return name.equals(SYSTEM) || lane.released() < room.credentialTasks();
    }

    private Optional<First> first(UUID userId, String name, Lane lane) {
        boolean hasBegun = lane.begun().size() > 0;
        var line = lane.line(hasBegun);
        var laneKey = Lanes.key(userId, name);
        try (var entries = queue.range(key(laneKey, hasBegun, line.head()), key(laneKey, hasBegun, Long.MAX_VALUE))) {
            if (!entries.hasNext()) {
                return Optional.empty();
            }
            var entry = entries.next();
            var place = entry.key.substring(laneKey.length() + 1);
            skip(laneKey, lane, hasBegun, HexFormat.fromHexDigitsToLong(place, 1, place.length()));
            return Optional.of(new First(place, RunId.parse(entry.value)));
        }
    }

    /** Nobody is before the first: the next look spares itself the walk over those who left. */
    private void skip(String laneKey, Lane lane, boolean hasBegun, long first) {
        if (first > lane.line(hasBegun).head()) {
            lanes.put(laneKey, lane.with(hasBegun, lane.line(hasBegun).from(first)));
        }
    }

    private Run.Queued join(Run.Queued run) {
        var userId = run.id().userId();
        long ticket = 1
                + lanes.of(userId).values().stream()
                        .mapToLong(Lane::lastTicket)
                        .max()
                        .orElse(0);
        var placed = new Run.Queued(run.progress(), run.dueAt(), run.task(), ticket);
        var laneKey = Lanes.key(userId, nameOf(run));
        var lane = lanes.get(laneKey);
        boolean hasBegun = run.hasBegun();
        lanes.put(laneKey, lane.with(hasBegun, lane.line(hasBegun).joined(ticket)));
        queue.put(key(laneKey, hasBegun, ticket), run.id().toString());
        return placed;
    }

    private void quit(Run.Queued run) {
        var laneKey = Lanes.key(run.id().userId(), nameOf(run));
        var lane = lanes.get(laneKey);
        boolean hasBegun = run.hasBegun();
        lanes.put(laneKey, lane.with(hasBegun, lane.line(hasBegun).left()));
        queue.delete(key(laneKey, hasBegun, run.ticket()));
    }

    private void count(Run.Released run, int change) {
        var laneKey = Lanes.key(run.id().userId(), nameOf(run));
        lanes.put(laneKey, lanes.get(laneKey).withReleased(change));
    }

    private static String nameOf(Run.Routed run) {
        return run.credentialId().map(UUID::toString).orElse(SYSTEM);
    }

    private static String key(String laneKey, boolean hasBegun, long ticket) {
        return laneKey + "|" + (hasBegun ? BEGUN : FRESH) + HEX.toHexDigits(ticket);
    }
}
