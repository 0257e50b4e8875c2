namespace MLOpsGovernance.Advisor;

/// <summary>What is wrong with an input: where, by a stable code, and in a sentence that says what is allowed.</summary>
public sealed record InputFault(string Field, string Code, string Reason);
