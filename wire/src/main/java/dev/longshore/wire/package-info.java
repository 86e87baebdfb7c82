@org.jspecify.annotations.NullMarked
package dev.longshore.wire;
