/**
 * For: who there is in the account, and what policies they have: the API of IAM.
 *
 * <p>Holds: the actions on users, groups, roles, policies, access keys, instance profiles and
 * server certificates, one class per noun; the policies of AWS's own; the roles that there are from
 * the start; which policies count for a caller; what callers of IAM need to be allowed.
 *
 * <p>Doors: IdentityRoom, Roles, CallerPolicies, DocumentSource, AwsPolicies, CertificateReader,
 * ReportKeyUse.
 *
 * <p>Threads: commands on the engine's thread, queries on any.
 */
@NullMarked
package dev.longshore.core.identity;

import org.jspecify.annotations.NullMarked;
