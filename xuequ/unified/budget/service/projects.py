"""Use cases of the budget's projects."""

from __future__ import annotations

from xuequ.core.context import Service, reading, use_case
from xuequ.unified.budget.actions.years import ADD_PROJECT, VIEW_BUDGET
from xuequ.unified.budget.errors.ledger import ProjectKnown
from xuequ.unified.budget.facts.ledger import ProjectAdded
from xuequ.unified.budget.repository.ledger import BudgetRepository
from xuequ.unified.budget.schemas.years import ProjectOpening, ProjectView
from xuequ.unified.budget.states.ledger import ProjectKind, Purse


class ProjectService(Service):
    """Projects 经费项目: what a pot of money is for, whatever the year."""

    @property
    def _rows(self) -> BudgetRepository:
        return BudgetRepository(self.context.session, self.context.scope, self.context.place)

    @use_case(ADD_PROJECT)
    def add(self, command: ProjectOpening) -> ProjectView:
        """Add a project.

        Raises:
            ProjectKnown: the district has one of that code.
        """
        row_id = self._rows.add_project(command.model_dump(mode="json"))
        if row_id is None:
            raise ProjectKnown(project=command.code)
        self.context.announce(ProjectAdded(project_id=row_id, code=command.code))
        return ProjectView(id=row_id, **dict(command))

    @reading(VIEW_BUDGET)
    def list(self) -> list[ProjectView]:
        """List the district's projects by code."""
        return [
            ProjectView(
                id=row.id, code=row.code, name=row.name, kind=ProjectKind(row.kind), purse=Purse(row.purse)
            )
            for row in self._rows.projects()
        ]
