using System.CommandLine;
using MLOpsGovernance.Cli.Simulations;

namespace MLOpsGovernance.Cli.Policies;

/// <summary>Writing policies, which needs no server, trying them on what was decided and putting them in force, which does.</summary>
internal static class PolicyCommand
{
    public static Command Create(Globals globals) => new("policy", "Test, check, format and explain policy documents without a server; with one, simulate them on past decisions and change which set is in force.")
    {
        TestPolicyCommand.Create(globals), CheckPolicyCommand.Create(globals), FormatPolicyCommand.Create(globals), ExplainPolicyCommand.Create(globals), PolicySchemaCommand.Create(globals),
        CrosswalkPolicyCommand.Create(globals), SimulateCommand.Create(globals), DiffPolicyCommand.Create(globals), ProposePolicyCommand.Create(globals), JudgePolicyCommand.Adopt(globals),
        JudgePolicyCommand.Reject(globals), JudgePolicyCommand.RollBack(globals), PolicySetsCommand.Create(globals),
    };
}
