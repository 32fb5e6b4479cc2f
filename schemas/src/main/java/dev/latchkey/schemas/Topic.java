package dev.latchkey.schemas;

import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** A topic and the one type of event on it. Keys are UTF-8 strings. */
public record Topic<V extends SpecificRecord>(String name, Class<V> type, Retention retention) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z-]*");

    /** How long the broker keeps the records of a topic. */
    public enum Retention {
        /** The newest record of every key, for ever. */
        LATEST,
        /** The newest record of every key, for the broker's default time. */
        LATEST_FOR_A_WHILE,
        /** Every record, for the broker's default time. */
        FOR_A_WHILE,
        /** Every record, for 90 days: long enough for people to look. */
        LONG,
        /** Every record, for ever. */
        FOREVER
    }

    public Topic {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a topic name is lower-case words joined by hyphens, not " + name);
        }
    }

    public Schema schema() {
        return SpecificData.get().getSchema(type);
    }

    /** Subject of the value schema in the registry. */
    public String subject() {
        return name + "-value";
    }
}
