package dev.latchkey.audit.reconciling;

/** A keeper that can be asked. */
@FunctionalInterface
public interface Source {
    /** All that was committed there when the look began. */
    Picture look();
}
