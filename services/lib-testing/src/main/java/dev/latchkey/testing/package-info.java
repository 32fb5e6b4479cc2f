/** What the tests of several services share. Never on the class path of a running service. */
@NullMarked
package dev.latchkey.testing;

import org.jspecify.annotations.NullMarked;
