namespace MLOpsGovernance.Policy;

/// <summary>Budgets in units of the policy language, about 100 ns each. A policy whose estimate exceeds them does not load.</summary>
public static class PolicyLimits
{
    public const long Rule = 100_000;
    public const long Decision = 1_000_000;
    public const int Variables = 64;
    public const int Conditions = 64;

    /// <summary>Longest message a message expression may give, in UTF-8 bytes.</summary>
    public const int Message = 5 * 1024;

    /// <summary>Where the value of an annotation is cut, in characters.</summary>
    public const int Annotation = 10 * 1024;
}
