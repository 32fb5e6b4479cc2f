package dev.latchkey.schemas;

import dev.latchkey.events.AgentTask;
import dev.latchkey.events.Message;
import dev.latchkey.events.PromptSubmitted;
import dev.latchkey.events.StepMade;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;

/** What is inside a sealed field: its plain fields in Avro's binary encoding, one after the other. */
public final class SealedContents {
    private static final int SCALE = 18;
    private static final Schema MESSAGES =
            PromptSubmitted.getClassSchema().getField("messages").schema();
    private static final Schema STEPS =
            AgentTask.getClassSchema().getField("steps").schema();

    static {
        TrustedEvents.trust();
    }

    /** The figures of a trade. */
    public record Fill(BigDecimal quantity, BigDecimal price) {}

    @FunctionalInterface
    private interface Writing {
        void to(Encoder encoder) throws IOException;
    }

    @FunctionalInterface
    private interface Reading<T> {
        T from(BinaryDecoder decoder) throws IOException;
    }

    private SealedContents() {}

    public static byte[] messages(List<Message> messages) {
        return write(encoder -> new SpecificDatumWriter<List<Message>>(MESSAGES).write(messages, encoder));
    }

    /** Empty when the bytes are no messages. */
    public static Optional<List<Message>> readMessages(byte[] bytes) {
        return read(
                bytes, decoder -> List.copyOf(new SpecificDatumReader<List<Message>>(MESSAGES).read(null, decoder)));
    }

    public static byte[] steps(List<StepMade> steps) {
        return write(encoder -> new SpecificDatumWriter<List<StepMade>>(STEPS).write(steps, encoder));
    }

    /** Empty when the bytes are no steps. */
    public static Optional<List<StepMade>> readSteps(byte[] bytes) {
        return read(bytes, decoder -> List.copyOf(new SpecificDatumReader<List<StepMade>>(STEPS).read(null, decoder)));
    }

    /** Throws ArithmeticException for more than 18 decimals. */
    public static byte[] fill(Fill fill) {
        return write(encoder -> {
            encoder.writeBytes(unscaled(fill.quantity()));
            encoder.writeBytes(unscaled(fill.price()));
        });
    }

    /** Empty when the bytes are no figures of a trade. */
    public static Optional<Fill> readFill(byte[] bytes) {
        return read(bytes, decoder -> new Fill(decimal(decoder), decimal(decoder)));
    }

    private static byte[] unscaled(BigDecimal decimal) {
        return decimal.setScale(SCALE).unscaledValue().toByteArray();
    }

    private static BigDecimal decimal(BinaryDecoder decoder) throws IOException {
        var buffer = decoder.readBytes(null);
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return new BigDecimal(new BigInteger(bytes), SCALE);
    }

    private static byte[] write(Writing writing) {
        var bytes = new ByteArrayOutputStream();
        try {
            var encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
            writing.to(encoder);
            encoder.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** NumberFormatException is what no bytes at all are as a number. */
    private static <T> Optional<T> read(byte[] bytes, Reading<T> reading) {
        try {
            var decoder = DecoderFactory.get().binaryDecoder(bytes, null);
            var content = reading.from(decoder);
            return decoder.isEnd() ? Optional.of(content) : Optional.empty();
        } catch (IOException | AvroRuntimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
