package dev.latchkey.embedded.process;

/** Something that runs beside this program until it is closed, or killed as a crash would kill it. */
public interface Part extends AutoCloseable {
    void kill();

    @Override
    void close();
}
