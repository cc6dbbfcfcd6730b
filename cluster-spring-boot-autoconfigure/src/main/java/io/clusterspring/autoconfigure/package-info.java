/**
 * Auto-configuration of the cluster and of the features on top of it: properties, and the
 * beans that they configure. It may use all packages but {@code actuate}. It is one room,
 * because Spring Boot binds properties to records that nothing else needs to see: in
 * several packages, these records and the configurations would be public.
 *
 * <table>
 * <caption>Where to look</caption>
 * <tr>
 * <td>{@code *Properties}, {@code PropertyRules}, {@code AddressRules}</td>
 * <td>the properties, and which values are refused</td>
 * </tr>
 * <tr>
 * <td>{@code *AutoConfiguration}</td>
 * <td>one for each feature, the only public types beside
 * {@code ClusterConnectionDetails}</td>
 * </tr>
 * <tr>
 * <td>{@code *Configuration}</td>
 * <td>parts of these: engine, discovery, executors, endpoints of clients, Tomcat</td>
 * </tr>
 * <tr>
 * <td>{@code *Response}, {@code ProcessExit}</td>
 * <td>the reaction to an eviction, and to a failure of the engine</td>
 * </tr>
 * </table>
 */
@NullMarked
package io.clusterspring.autoconfigure;

import org.jspecify.annotations.NullMarked;
