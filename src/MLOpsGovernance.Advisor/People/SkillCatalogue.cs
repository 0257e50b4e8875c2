namespace MLOpsGovernance.Advisor.People;

/// <param name="Tools">Examples, each as the source names it.</param>
/// <param name="Equivalents">Other tools that count as much.</param>
public sealed record SkillGroup(string Id, string Name, IReadOnlyList<string> Tools, IReadOnlyList<string> Equivalents);

/// <param name="Responsibilities">What the role answers for.</param>
/// <param name="Skills">What the role must be able to do, in words, with the tools that stand for it.</param>
/// <param name="RequiredGroups">Skill groups by which coverage is measured; empty for the roles that this product measures by no skills.</param>
/// <param name="Owns">Questions whose gap is this role's gap.</param>
public sealed record Role(
    string Id, string Name, string Focus, IReadOnlyList<string> Responsibilities, IReadOnlyList<RoleSkill> Skills, IReadOnlyList<string> RequiredGroups, IReadOnlyList<string> Owns, IReadOnlyList<string> WorksWith);

public sealed record RoleSkill(string Statement, IReadOnlyList<string> Tools);

/// <summary>Roles, and the skills that make them up.</summary>
public sealed record SkillCatalogue(IReadOnlyList<SkillGroup> Groups, IReadOnlyList<Role> Roles);
