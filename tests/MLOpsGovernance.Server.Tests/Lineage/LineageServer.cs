namespace MLOpsGovernance.Server.Tests.Lineage;

/// <summary>One server for all tests of lineage: each makes its own jobs, data and models, and none waits for another's start.</summary>
[CollectionDefinition(Name)]
public sealed class LineageServer : ICollectionFixture<SharedServer>
{
    public const string Name = "Lineage";
}
