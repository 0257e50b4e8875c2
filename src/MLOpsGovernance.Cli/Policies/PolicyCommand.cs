using System.CommandLine;

namespace MLOpsGovernance.Cli.Policies;

/// <summary>Writing policies: none of it needs a server.</summary>
internal static class PolicyCommand
{
    public static Command Create(Globals globals) => new("policy", "Test, check, format and explain policy documents. Needs no server.")
    {
        TestPolicyCommand.Create(globals), CheckPolicyCommand.Create(globals), FormatPolicyCommand.Create(globals), ExplainPolicyCommand.Create(globals), PolicySchemaCommand.Create(globals),
        CrosswalkPolicyCommand.Create(globals),
    };
}
