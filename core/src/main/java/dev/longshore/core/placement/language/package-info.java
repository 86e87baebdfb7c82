/**
 * For: the cluster query language, with which users say which container instances they mean.
 *
 * <p>Holds: the lexer, the parser, the terms that a text becomes, and the bounds of regular
 * expressions. Use it so: {@code Expression.compile(text)} once, where the caller's request is
 * checked (it throws the caller's error, with the position of the fault), then {@code
 * expression.matches(subject)} for each instance, which cannot fail.
 *
 * <p>Doors: {@link dev.longshore.core.placement.language.Expression}, which tells also whether
 * placing a task may change its answer, for who keeps answers; {@link
 * dev.longshore.core.placement.language.Subject}, which whoever shows an instance implements.
 *
 * <p>Threads: any; an expression is immutable and may be shared.
 */
@NullMarked
package dev.longshore.core.placement.language;

import org.jspecify.annotations.NullMarked;
