using MLOpsGovernance.Server.Storage;
using Npgsql;

namespace MLOpsGovernance.Server.Tests.Storage;

public sealed class WhatConnectionsAreAskedFor
{
    [Fact]
    public void Is_prepared_statements_and_a_bounded_pool_where_nothing_was_said()
    {
        var settings = Of("Host=db;Database=governance;SSL Mode=Disable");

        (settings.MaxAutoPrepare, settings.AutoPrepareMinUsages, settings.MaxPoolSize, settings.WriteBufferSize).ShouldBe((50, 2, 40, 64 * 1024));
    }

    [Theory]
    [InlineData("Max Auto Prepare=0;Maximum Pool Size=7;Write Buffer Size=8192")]
    [InlineData("MaxAutoPrepare=0;MaxPoolSize=7;WriteBufferSize=8192")]
    [InlineData("max auto prepare=0;MAXIMUM POOL SIZE=7;write buffer size=8192")]
    public void Is_what_was_said(string said)
    {
        var settings = Of($"Host=db;Database=governance;{said}");

        (settings.MaxAutoPrepare, settings.MaxPoolSize, settings.WriteBufferSize).ShouldBe((0, 7, 8192));
    }

    private static NpgsqlConnectionStringBuilder Of(string connection) => new(MartenSetup.Settings(connection));
}
