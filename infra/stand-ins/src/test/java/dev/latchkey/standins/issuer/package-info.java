@NullMarked
package dev.latchkey.standins.issuer;

import org.jspecify.annotations.NullMarked;
