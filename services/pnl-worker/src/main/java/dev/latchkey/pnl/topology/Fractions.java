package dev.latchkey.pnl.topology;

import dev.latchkey.pnl.book.Ratio;
import dev.latchkey.pnl.state.Fraction;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/** Exact numbers as bytes and back. */
final class Fractions {
    private Fractions() {}

    static Fraction write(Ratio value) {
        return new Fraction(
                ByteBuffer.wrap(value.numerator().toByteArray()),
                ByteBuffer.wrap(value.denominator().toByteArray()));
    }

    static Ratio read(Fraction value) {
        return new Ratio(integer(value.getNumerator()), integer(value.getDenominator()));
    }

    private static BigInteger integer(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return new BigInteger(bytes);
    }
}
