package dev.latchkey.audit.kafka;

import static dev.latchkey.audit.Changes.credential;
import static dev.latchkey.audit.Changes.held;
import static dev.latchkey.audit.Changes.madeDefault;
import static dev.latchkey.audit.Changes.registered;
import static dev.latchkey.audit.Changes.state;
import static dev.latchkey.audit.Changes.user;

import dev.latchkey.audit.history.Holdings;
import dev.latchkey.events.CredentialAudited;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** 500 users who register two credentials and then change their minds about the default, 100 changes each. */
final class ManyChanges {
    static final int USERS = 500;
    static final int CHANGES_EACH = 100;

    private ManyChanges() {}

    /** Round by round, so that the changes of all users are interleaved. */
    static Stream<CredentialAudited> all() {
        return LongStream.rangeClosed(1, CHANGES_EACH)
                .boxed()
                .flatMap(sequence -> LongStream.rangeClosed(1, USERS).mapToObj(number -> change(number, sequence)));
    }

    static List<Holdings> left() {
        return LongStream.rangeClosed(1, USERS).mapToObj(ManyChanges::left).toList();
    }

    private static CredentialAudited change(long number, long sequence) {
        var credential = credentialOf(number, sequence % 2);
        return sequence <= 2
                ? registered(user(number), sequence, credential)
                : madeDefault(user(number), sequence, credential);
    }

    private static Holdings left(long number) {
        var odd = CHANGES_EACH - 1;
        return new Holdings(
                user(number),
                List.of(
                        held(credentialOf(number, 1), odd, state(odd, true)),
                        held(credentialOf(number, 0), CHANGES_EACH, state(CHANGES_EACH, true))));
    }

    private static UUID credentialOf(long number, long which) {
        return credential(2 * number + which);
    }
}
