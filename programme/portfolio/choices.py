"""Stages, bodies, outcomes and kinds of statement. Source: the domain's "Plan", "Board" and roles."""

from django.db import models


class Stage(models.TextChoices):
    PROPOSAL = "proposal", "Proposal"
    DISCOVERY = "discovery", "Discovery"
    OUTLINE_BUSINESS_CASE = "outline_business_case", "Outline business case"
    BUSINESS_CASE = "business_case", "Business case"
    DELIVERY = "delivery", "Delivery"
    TRANSITION = "transition", "Transition"
    CLOSED = "closed", "Closed"
    STOPPED = "stopped", "Stopped"


class BodyKind(models.TextChoices):
    PROGRAMME_BOARD = "programme_board", "Programme Board"
    DELIVERY_GROUP = "delivery_group", "Delivery group"
    TASK_GROUP = "task_group", "Task group"
    LEADERSHIP_TEAM = "leadership_team", "Leadership Team"


class SeatRole(models.TextChoices):
    CHAIR = "chair", "Chair"
    MEMBER = "member", "Member"
    SPECIALIST_ADVISER = "specialist_adviser", "Specialist adviser"


class Outcome(models.TextChoices):
    APPROVED = "approved", "Approved"
    APPROVED_WITH_CONDITIONS = "approved_with_conditions", "Approved with conditions"
    DEFERRED = "deferred", "Deferred"
    REJECTED = "rejected", "Rejected"
    NOTED = "noted", "Noted"


AUTHORISING = {Outcome.APPROVED, Outcome.APPROVED_WITH_CONDITIONS}


class StatementKind(models.TextChoices):
    OBJECTIVE = "objective", "Objective"
    AGILE_PRINCIPLE = "agile_principle", "Agile principle"
    IMPLEMENTATION_ORDER = "implementation_order", "Implementation order"
    TRANSITION = "transition", "Managing the transition"
