namespace MLOpsGovernance.Server.Storage;

/// <summary>
/// The statements by the keys that Orleans 10.4 asks for. The version row's lock puts competing silos in order: of two
/// changes for the same version, one finds it and raises it, the other finds it raised and changes nothing.
/// </summary>
internal static class OrleansTablesQueries
{
    private const string Silo = "deploymentid = @DeploymentId and address = @Address and port = @Port and generation = @Generation";

    private const string Member =
        """
        m.address, m.port, m.generation, m.siloname, m.hostname, m.status, m.proxyport, m.suspecttimes, m.starttime, m.iamalivetime, v.version
        """;

    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["InsertMembershipVersionKey"] =
            """
            with added as (
                insert into orleans.orleansmembershipversiontable (deploymentid) values (@DeploymentId) on conflict do nothing returning 1)
            select count(*)::int from added
            """,

        // The version row is always there, so that a cluster without members still answers one row.
        ["MembershipReadAllKey"] =
            $"""
            select {Member}
            from orleans.orleansmembershipversiontable v left join orleans.orleansmembershiptable m using (deploymentid)
            where v.deploymentid = @DeploymentId
            """,

        ["MembershipReadRowKey"] =
            $"""
            select {Member}
            from orleans.orleansmembershipversiontable v
            left join orleans.orleansmembershiptable m
                on m.deploymentid = v.deploymentid and m.address = @Address and m.port = @Port and m.generation = @Generation
            where v.deploymentid = @DeploymentId
            """,

        ["InsertMembershipKey"] =
            $"""
            with raised as (
                update orleans.orleansmembershipversiontable set version = version + 1, timestamp = now()
                where deploymentid = @DeploymentId and version = @Version
                    and not exists (select from orleans.orleansmembershiptable where {Silo})
                returning deploymentid),
            added as (
                insert into orleans.orleansmembershiptable
                    (deploymentid, address, port, generation, siloname, hostname, status, proxyport, starttime, iamalivetime)
                select deploymentid, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime
                from raised
                returning 1)
            select count(*)::int from added
            """,

        ["UpdateMembershipKey"] =
            $"""
            with raised as (
                update orleans.orleansmembershipversiontable set version = version + 1, timestamp = now()
                where deploymentid = @DeploymentId and version = @Version
                    and exists (select from orleans.orleansmembershiptable where {Silo})
                returning deploymentid),
            changed as (
                update orleans.orleansmembershiptable set status = @Status, suspecttimes = @SuspectTimes, iamalivetime = @IAmAliveTime
                where {Silo} and deploymentid in (select deploymentid from raised)
                returning 1)
            select count(*)::int from changed
            """,

        ["UpdateIAmAlivetimeKey"] =
            $"""
            update orleans.orleansmembershiptable set iamalivetime = @IAmAliveTime where {Silo}
            """,

        ["CleanupDefunctSiloEntriesKey"] =
            """
            delete from orleans.orleansmembershiptable where deploymentid = @DeploymentId and iamalivetime < @IAmAliveTime and status <> 3
            """,

        ["DeleteMembershipTableEntriesKey"] =
            """
            delete from orleans.orleansmembershiptable where deploymentid = @DeploymentId;
            delete from orleans.orleansmembershipversiontable where deploymentid = @DeploymentId
            """,

        ["GatewaysQueryKey"] =
            """
            select address, proxyport, generation from orleans.orleansmembershiptable
            where deploymentid = @DeploymentId and status = @Status and proxyport > 0
            """,
    };
}
