package dev.latchkey.agent.kafka;

import java.io.ByteArrayOutputStream;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Offsets as bytes. Offsets are taken in groups of seven. A byte above 127 is a group, one bit for each of its offsets that
 * is marked; bytes up to 127 are the digits, highest first, of how many groups come before it that have no mark.
 *
 * <p>Taking a mark away never makes it longer: what fits while tasks run still fits when any of them have ended.
 */
final class Marks {
    private static final int GROUP = 7;
    private static final int MARKED = 0x80;
    private static final int DIGIT_BITS = 7;
    private static final int DIGIT = 0x7f;

    private Marks() {}

    static byte[] bytes(SortedSet<Long> offsets) {
        var out = new ByteArrayOutputStream();
        int marks = 0;
        long group = offsets.isEmpty() ? 0 : groupOf(offsets.first());
        for (long offset : offsets) {
            long own = groupOf(offset);
            if (own != group) {
                out.write(MARKED | marks);
                writeDigits(out, own - group - 1);
                group = own;
                marks = 0;
            }
            marks |= 1 << Math.floorMod(offset, GROUP);
        }
        if (marks != 0) {
            out.write(MARKED | marks);
        }
        return out.toByteArray();
    }

    /** The first group is that of the lowest offset. Throws ArithmeticException when they are beyond all offsets. */
    static SortedSet<Long> offsets(long lowest, byte[] bytes) {
        var offsets = new TreeSet<Long>();
        long group = groupOf(lowest);
        long without = 0;
        for (byte each : bytes) {
            if (each >= 0) {
                without = Math.addExact(Math.multiplyExact(without, 1L << DIGIT_BITS), each);
            } else {
                group = Math.addExact(group, without);
                mark(offsets, Math.multiplyExact(group, GROUP), each & DIGIT);
                group++;
                without = 0;
            }
        }
        return offsets;
    }

    /** How many bytes an offset needs behind marks of which the highest is this one. */
    static int bytesBehind(long highest, long offset) {
        long groups = groupOf(offset) - groupOf(highest);
        return groups == 0 ? 0 : 1 + digits(groups - 1);
    }

    private static void mark(SortedSet<Long> offsets, long first, int marks) {
        for (int i = 0; i < GROUP; i++) {
            if ((marks & (1 << i)) != 0) {
                offsets.add(first + i);
            }
        }
    }

    private static void writeDigits(ByteArrayOutputStream out, long number) {
        for (int digit = digits(number) - 1; digit >= 0; digit--) {
            out.write((int) (number >>> (digit * DIGIT_BITS)) & DIGIT);
        }
    }

    private static int digits(long number) {
        return (Long.SIZE - Long.numberOfLeadingZeros(number) + DIGIT_BITS - 1) / DIGIT_BITS;
    }

    private static long groupOf(long offset) {
        return Math.floorDiv(offset, GROUP);
    }
}
