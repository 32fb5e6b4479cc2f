package dev.latchkey.agent;

import dev.latchkey.agent.answering.Cancellations;
import dev.latchkey.agent.answering.ControlRule;
import dev.latchkey.agent.answering.RunningCalls;
import dev.latchkey.agent.credentials.CredentialListener;
import dev.latchkey.agent.credentials.CredentialView;
import dev.latchkey.agent.kafka.Inlet;
import dev.latchkey.agent.kafka.TopicFeed;
import dev.latchkey.agent.payloads.DataKeyView;
import dev.latchkey.events.CredentialChanged;
import dev.latchkey.events.DataKeyChanged;
import dev.latchkey.events.RunControlled;
import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.schemas.CredentialRule;
import dev.latchkey.schemas.DataKeyRule;
import dev.latchkey.schemas.Topic;
import dev.latchkey.schemas.Topics;
import java.time.InstantSource;
import org.apache.avro.specific.SpecificRecord;

/** What is known of credentials, data keys and cancelled runs, and how it comes to be known: each topic has its feed. */
record News(
        Of<CredentialView, CredentialChanged> credentials,
        Of<DataKeyView, DataKeyChanged> dataKeys,
        Of<Cancellations, RunControlled> controls)
        implements AutoCloseable {
    /** What is known out of one topic. */
    record Of<K, V extends SpecificRecord>(K view, TopicFeed<V> feed) {}

    /** Views hear of a change first, then what is remembered of its key is forgotten, then calls on it end. */
    static News follow(KafkaSettings kafka, Openers openers, RunningCalls running, InstantSource clock) {
        var credentials = new CredentialView(clock);
        var heard = CredentialListener.inOrder(credentials, openers.keys(), running);
        var dataKeys = new DataKeyView(clock, openers.dataKeys()::forget);
        var cancellations = new Cancellations(clock, running);
        var credentialSource = source(kafka, Topics.CREDENTIALS, CredentialRule::brokenBy);
        var dataKeySource = source(kafka, Topics.DATA_KEYS, DataKeyRule::brokenBy);
        var controlSource = source(kafka, Topics.RUN_CONTROLS, ControlRule::brokenBy);
        return new News(
                new Of<>(credentials, TopicFeed.start(kafka, credentialSource, heard::changed, clock)),
                new Of<>(dataKeys, TopicFeed.start(kafka, dataKeySource, dataKeys::changed, clock)),
                new Of<>(cancellations, TopicFeed.start(kafka, controlSource, cancellations::heard, clock)));
    }

    boolean areRecent() {
        return credentials.feed().isRecent()
                && dataKeys.feed().isRecent()
                && controls.feed().isRecent();
    }

    @Override
    public void close() {
        controls.feed().close();
        dataKeys.feed().close();
        credentials.feed().close();
    }

    private static <V extends SpecificRecord> TopicFeed.Source<V> source(
            KafkaSettings kafka, Topic<V> topic, Inlet.Rule<V> rule) {
        return new TopicFeed.Source<>(topic, new Inlet<>(kafka.format().reader(topic), rule));
    }
}
