/** What can be measured of a running stack, each figure beside its limit or its peer from the same run. */
@NullMarked
package dev.latchkey.embedded.bench;

import org.jspecify.annotations.NullMarked;
