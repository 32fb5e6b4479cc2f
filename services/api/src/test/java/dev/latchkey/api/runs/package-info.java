@NullMarked
package dev.latchkey.api.runs;

import org.jspecify.annotations.NullMarked;
