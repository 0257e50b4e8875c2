using System.CommandLine;
using MLOpsGovernance.Cli.Simulations;

namespace MLOpsGovernance.Cli.Policies;

/// <summary>Writing policies, which needs no server, and trying them on what was decided, which does.</summary>
internal static class PolicyCommand
{
    public static Command Create(Globals globals) => new("policy", "Test, check, format and explain policy documents without a server, and simulate them on past decisions with one.")
    {
        TestPolicyCommand.Create(globals), CheckPolicyCommand.Create(globals), FormatPolicyCommand.Create(globals), ExplainPolicyCommand.Create(globals), PolicySchemaCommand.Create(globals),
        CrosswalkPolicyCommand.Create(globals), SimulateCommand.Create(globals),
    };
}
