/** The command line for auditors. */
@NullMarked
package dev.latchkey.audit;

import org.jspecify.annotations.NullMarked;
