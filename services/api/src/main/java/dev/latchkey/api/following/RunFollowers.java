package dev.latchkey.api.following;

import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.schemas.WireFormat;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.apache.kafka.common.KafkaException;

/** All who follow runs at this instance, so many at a time. When it is closed they all stop. */
public final class RunFollowers implements AutoCloseable {
    /** Somebody who follows a run until this is closed. */
    public final class Place implements AutoCloseable {
        private final RunFollower follower;

        private Place(RunFollower follower) {
            this.follower = follower;
        }

        public RunFollower follower() {
            return follower;
        }

        public boolean mayGoOn() {
            return !closing;
        }

        @Override
        public void close() {
            follower.close();
            places.release();
        }
    }

    private final KafkaSettings kafka;
    private final WireFormat format;
    private final Semaphore places;
    private volatile boolean closing;

    public RunFollowers(KafkaSettings kafka, WireFormat format, int most) {
        this.kafka = kafka;
        this.format = format;
        this.places = new Semaphore(most);
    }

    /** Empty when there is no place. Throws KafkaException while the broker can not be asked. */
    public Optional<Place> follow(Subject subject, Optional<Cursor> from, Instant since) {
        if (closing || !places.tryAcquire()) {
            return Optional.empty();
        }
        var follower = new RunFollower(kafka, format, subject);
        try {
            from.ifPresentOrElse(follower::beginAt, () -> follower.beginAt(since));
            return Optional.of(new Place(follower));
        } catch (KafkaException e) {
            follower.close();
            places.release();
            throw e;
        }
    }

    @Override
    public void close() {
        closing = true;
    }
}
