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
        /** The newest record of every key, for ever; an older one for an hour after the next record at most. */
        LATEST_WITHIN_THE_HOUR,
        /** The newest record of every key, for ever; an older one for seconds after the next record. */
        LATEST_ALONE,
        /** The newest record of every key, for the broker's default time. */
        LATEST_FOR_A_WHILE,
        /** Every record, for an hour or two. */
        FOR_AN_HOUR,
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
        initialize(SpecificData.get().getSchema(type));
    }

    public Schema schema() {
        return SpecificData.get().getSchema(type);
    }

    /** Subject of the value schema in the registry. */
    public String subject() {
        return name + "-value";
    }

    /**
     * Avro's generated classes keep the thread that first used them, and with it whatever that thread last read. Here
     * that is the one that starts a service, and never one that serves a request with a key in it.
     */
    private static void initialize(Schema schema) {
        switch (schema.getType()) {
            case RECORD -> {
                initialize(schema.getFullName());
                schema.getFields().forEach(field -> initialize(field.schema()));
            }
            case UNION -> schema.getTypes().forEach(Topic::initialize);
            case ARRAY -> initialize(schema.getElementType());
            case MAP -> initialize(schema.getValueType());
            case ENUM, FIXED, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL -> {}
        }
    }

    private static void initialize(String className) {
        try {
            Class.forName(className, true, Topic.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the schema " + className + " has no class of that name", e);
        }
    }
}
